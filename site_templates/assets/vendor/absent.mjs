// Stands in for the maps that Vega's functions name and no chart of ours draws.
const absent = () => {
  throw new Error("left out of this build");
};
export {
  absent as feature, absent as geoArea, absent as geoBounds, absent as geoCentroid,
  absent as geoDistance, absent as mesh,
};
