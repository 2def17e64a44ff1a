// The same questions to Explore's files and to one Parquet file; the page's address says which.
// Each way loads its own code, and none of the other's.
const [way, question] = location.search.slice(1).split("&");
const FILTERS = ["population", "benchmark", "model", "category", "subcategory", "subject", "attribution", "status", "judge", "confidence"];
const ROW = 150_000;

/** How many failures of the annotated samples have each category. */
const ask = {
  async shards() {
    const [{ filesOf }, { Store, chosen, countBy }] = await Promise.all([
      import("/assets/javascripts/files.js"),
      import("/assets/javascripts/explore/data.js"),
    ]);
    const load = filesOf(new URL("/explore.data/", location.href));
    const store = new Store(load, await load("index.json"));
    if (question === "one") {
      const { columns } = await store.table("failures");
      const { length } = await store.text(columns.text[ROW]);
      return [length, (await store.shard(columns.run[ROW])).items.length > 0];
    }
    const table = await store.table(question === "count" ? "cube" : "failures");
    const code = store.code("population", "annotated");
    const counts = countBy(table, chosen(table, [(row) => table.columns.population[row] === code]), "category", 99);
    return counts.slice(1).reduce((all, one) => all + one);
  },
  async parquet() {
    const [{ asyncBufferFromUrl, parquetMetadataAsync, parquetReadObjects, parquetRead }, { decompress }] = await Promise.all([
      import("hyparquet"),
      import("fzstd"),
    ]);
    const compressors = { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) };
    const file = await asyncBufferFromUrl({ url: `/${way}.parquet` });
    // The footer alone; by itself the library asks for half a megabyte with it.
    const metadata = await parquetMetadataAsync(file, { initialFetchSize: 1 << 16 });
    if (question === "one") {
      const [row] = await parquetReadObjects({ file, metadata, compressors, rowStart: ROW, rowEnd: ROW + 1 });
      return [2, row.item.length > 0];
    }
    const columns = question === "count" ? ["population", "category"] : FILTERS;
    let n = 0;
    const read = {};
    await parquetRead({
      file, metadata, compressors, columns,
      onChunk: ({ columnName, columnData, rowStart }) => (read[columnName] ??= []).push([rowStart, columnData]),
    });
    const flat = (name) => {
      const all = [];
      for (const [start, data] of read[name]) for (let at = 0; at < data.length; at += 1) all[start + at] = data[at];
      return all;
    };
    const [population, category] = [flat("population"), flat("category")];
    population.forEach((one, row) => { if (one === "annotated" && category[row]) n += 1; });
    return n;
  },
};

const answer = await (ask[way] ?? ask.parquet)();
globalThis.answered = { answer: String(answer), seconds: performance.now() / 1000 };
