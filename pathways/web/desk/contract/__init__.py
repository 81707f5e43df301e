"""The contract of a case at the desk: builder, papers, signing, versions."""
