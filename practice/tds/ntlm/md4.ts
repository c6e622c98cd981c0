// MD4 (RFC 1320), which OpenSSL 3 keeps out of its default provider: NTLM makes its keys from it, and nothing else may.

const blockBytes = 64;
const lengthBytes = 8;

/** One round: the function of three words, its constant, the order of the words, and the four shifts. */
interface Round {
  readonly mix: (b: number, c: number, d: number) => number;
  readonly constant: number;
  readonly words: readonly number[];
  readonly shifts: readonly number[];
}

const rounds: readonly Round[] = [
  {
    mix: (b, c, d) => (b & c) | (~b & d),
    constant: 0,
    words: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (b, c, d) => (b & c) | (b & d) | (c & d),
    constant: 0x5a827999,
    words: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (b, c, d) => b ^ c ^ d,
    constant: 0x6ed9eba1,
    words: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];

type State = readonly [number, number, number, number];

/** The 16 bytes of the hash. */
export function md4(message: Uint8Array): Buffer {
  const padded = pad(message);
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.length; at += blockBytes) {
    state = afterBlock(state, padded.subarray(at, at + blockBytes));
  }
  const hash = Buffer.alloc(16);
  state.forEach((word, index) => hash.writeUInt32LE(word >>> 0, index * 4));
  return hash;
}

function afterBlock(before: State, block: Buffer): State {
  let [a, b, c, d] = before;
  for (const { mix, constant, words, shifts } of rounds) {
    for (const [step, word] of words.entries()) {
      const sum = (a + mix(b, c, d) + block.readUInt32LE(word * 4) + constant) | 0;
      [a, d, c, b] = [d, c, b, rotate(sum, shifts[step % 4] ?? 0)];
    }
  }
  return [(before[0] + a) | 0, (before[1] + b) | 0, (before[2] + c) | 0, (before[3] + d) | 0];
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** A one bit, zeros up to the last eight bytes of a block, and there the length in bits. */
function pad(message: Uint8Array): Buffer {
  const blocks = Math.ceil((message.length + 1 + lengthBytes) / blockBytes);
  const padded = Buffer.alloc(blocks * blockBytes);
  padded.set(message);
  padded.writeUInt8(0x80, message.length);
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - lengthBytes);
  return padded;
}
