"""ErrorAtlas: why language models fail benchmarks, as a static site."""
