// The flow from the outcomes of now to those of then, drawn beside its table. The table says the same; this is for the eye.
import { SankeyChart } from "echarts/charts";
import { use, init } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([SankeyChart, SVGRenderer]);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// light-dark() is resolved by the browser only in a property: a probe tells which colour holds.
function resolved(name, probe) {
  probe.style.color = colour(name);
  return getComputedStyle(probe).color;
}

function palette(place) {
  const probe = document.createElement("span");
  place.append(probe);
  const found = Object.fromEntries(["ink", "ink-2", "ink-3", "draft"].map((name) => [name, resolved(`--pw-${name}`, probe)]));
  probe.remove();
  return found;
}

function option(data, colours, narrow) {
  const drawn = new Set(data.flows.flatMap((flow) => [`now ${flow.from}`, `then ${flow.to}`]));
  const side = (list, prefix, position) =>
    list.filter(({ code }) => drawn.has(`${prefix} ${code}`)).map(({ code, label, said }) => ({
      name: `${prefix} ${code}`,
      itemStyle: { color: colours.ink },
      depth: prefix === "now" ? 0 : 1,
      label: { position, formatter: `{name|${label}}\n{number|${said}}` },
    }));
  const styles = { same: { color: colours["ink-3"], opacity: 0.25 }, changed: { color: colours.draft, opacity: 0.5 }, top: { color: colours.draft, opacity: 1 } };
  return {
    animation: false, // it stands beside a table of figures: nothing in it needs to arrive
    series: [
      {
        type: "sankey",
        left: narrow ? 96 : 128,
        right: narrow ? 96 : 128,
        top: 20,
        bottom: 20,
        nodeWidth: 6,
        nodeGap: 34,
        layoutIterations: 0,
        draggable: false,
        silent: true,
        emphasis: { disabled: true },
        label: {
          color: colours["ink-2"],
          fontFamily: "inherit",
          fontSize: 12,
          rich: { name: { color: colours["ink-2"], fontSize: 12, lineHeight: 16 }, number: { color: colours.ink, fontSize: 12, fontWeight: 600, lineHeight: 16 } },
        },
        data: [...side(data.now, "now", "left"), ...side(data.then, "then", "right")],
        links: data.flows.map((flow) => ({
          source: `now ${flow.from}`,
          target: `then ${flow.to}`,
          value: flow.number,
          lineStyle: { curveness: 0.5, ...styles[flow.kind] },
        })),
      },
    ],
  };
}

for (const place of document.querySelectorAll("[data-sankey]")) {
  const data = JSON.parse(document.getElementById(place.dataset.sankey).textContent);
  if (!data.flows.length) continue;
  place.dataset.drawn = "";
  const chart = init(place, null, { renderer: "svg" });
  const draw = () => {
    chart.resize();
    chart.setOption(option(data, palette(place), place.clientWidth < 480), true);
  };
  draw();
  new ResizeObserver(draw).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
