// The editor of one condition.
import { createRoot } from "react-dom/client";
import { QueryBuilder } from "react-querybuilder";

for (const place of document.querySelectorAll("[data-condition-editor]")) createRoot(place).render(<QueryBuilder />);
