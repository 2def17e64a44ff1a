"""Writes a tiny language model with random weights as a GGUF file: it knows bytes and nothing else.

Run by the interpreter that has the engine: ``python tests/judging/tiny_model.py FILE``.
"""

import sys

import gguf
import numpy as np

WIDTH, INNER, HEADS, CONTEXT = 32, 64, 2, 32_768
MERGED = ("h", "e")
"""A vocabulary without a single merge is taken for a broken one."""
END = "<|end|>"


def alphabet() -> list[str]:
    """Return the sign that stands for each byte in vocabularies of this kind."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    signs = {byte: chr(byte) for byte in shown}
    signs |= {byte: chr(256 + place) for place, byte in enumerate(hidden)}
    return [signs[byte] for byte in range(256)]


def write_model(path: str, seed: int = 1) -> None:
    """Write the model."""
    dice = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, "llama")
    tokens = [*alphabet(), "".join(MERGED), END]
    plain, control = gguf.TokenType.NORMAL, gguf.TokenType.CONTROL
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([plain] * (len(tokens) - 1) + [control])
    writer.add_token_merges([" ".join(MERGED)])
    writer.add_bos_token_id(len(tokens) - 1)
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_add_bos_token(False)
    shapes = {
        "token_embd": (len(tokens), WIDTH),
        "output": (len(tokens), WIDTH),
        **{f"blk.0.attn_{name}": (WIDTH, WIDTH) for name in ("q", "k", "v", "output")},
        "blk.0.ffn_gate": (INNER, WIDTH),
        "blk.0.ffn_up": (INNER, WIDTH),
        "blk.0.ffn_down": (WIDTH, INNER),
    }
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", dice.normal(0, 0.3, shape).astype(np.float32))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    write_model(sys.argv[1])
