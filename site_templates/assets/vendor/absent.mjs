// Stands in for what Vega's packages name and no chart of ours uses: maps, selections, random numbers
// and densities, easing, tables with separators. A chart that needs one of them says so by an error.
const absent = () => {
  throw new Error("left out of this build");
};
export {
  absent as feature, absent as geoArea, absent as geoBounds, absent as geoCentroid,
  absent as geoDistance, absent as mesh,
};
export {
  absent as selectionIdTest, absent as selectionResolve, absent as selectionTest,
  absent as selectionTuples, absent as selectionVisitor,
};
export {
  absent as bin, absent as bootstrapCI, absent as cumulativeLogNormal, absent as cumulativeNormal,
  absent as cumulativeUniform, absent as densityLogNormal, absent as densityNormal,
  absent as densityUniform, absent as dotbin, absent as quantileLogNormal,
  absent as quantileNormal, absent as quantileUniform, absent as quantiles, absent as quartiles,
  absent as random, absent as randomKDE, absent as randomLogNormal, absent as randomMixture,
  absent as randomNormal, absent as randomUniform, absent as sampleCurve,
  absent as sampleLogNormal, absent as sampleNormal, absent as sampleUniform,
};
export { absent as dsvFormat };
// Colours come from the theme alone.
const none = [];
export {
  none as schemeAccent, none as schemeCategory10, none as schemeDark2, none as schemeObservable10,
  none as schemePaired, none as schemePastel1, none as schemePastel2, none as schemeSet1,
  none as schemeSet2, none as schemeSet3,
};
