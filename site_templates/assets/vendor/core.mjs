// The part of Vega that our charts use. What is missing here, a chart that needs it says by name
// ("Unrecognized transform"), and tests/charts/test_vega.py says before that.
import { transforms } from "vega-dataflow";
import { bound, mark, overlap, render, viewlayout } from "vega-view-transforms";
import {
  axisticks, datajoin, encode, legendentries, scale, sortitems, stack,
} from "vega-encode";
import {
  aggregate, collect, compare, expression, extent, facet, field, filter, formula, key, load,
  multiextent, multivalues, params, prefacet, proxy, relay, sieve, subflow, tupleindex, values,
} from "vega-transforms";

Object.assign(transforms, {
  aggregate, axisticks, bound, collect, compare, datajoin, encode, expression, extent, facet, field,
  filter, formula, key, legendentries, load, mark, multiextent, multivalues, overlap, params,
  prefacet, proxy, relay, render, scale, sieve, sortitems, stack, subflow, tupleindex, values,
  viewlayout,
});

export { View } from "vega-view";
export { parse } from "vega-parser";
export { expressionInterpreter } from "vega-interpreter";
