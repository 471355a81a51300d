// Find the number that a busy form asks for (gate/forms/proof_of_work.py), in pieces, so that the page stays alive.
// Without this script the person waits instead; nothing else differs.

const K = new Uint32Array(64);
const START = new Uint32Array(8);

// The constants of SHA-256 (FIPS 180-4, 4.2.2 and 5.3.3): fractions of roots of the first primes.
function fraction(x) {
  return ((x - Math.floor(x)) * 2 ** 32) | 0;
}
for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
  if (!prime) continue;
  if (found < 8) START[found] = fraction(Math.sqrt(candidate));
  K[found++] = fraction(Math.cbrt(candidate));
}

const words = new Int32Array(64);

function block(state, bytes, at) {
  for (let i = 0; i < 16; i++, at += 4) {
    words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const p = words[i - 15], q = words[i - 2];
    const s0 = ((p >>> 7) | (p << 25)) ^ ((p >>> 18) | (p << 14)) ^ (p >>> 3);
    const s1 = ((q >>> 17) | (q << 15)) ^ ((q >>> 19) | (q << 13)) ^ (q >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = state[0] | 0, b = state[1] | 0, c = state[2] | 0, d = state[3] | 0;
  let e = state[4] | 0, f = state[5] | 0, g = state[6] | 0, h = state[7] | 0;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// The beginning of the text is the same at every try: its blocks are hashed once.
export function searcher(text, bits) {
  const start = new TextEncoder().encode(text);
  const whole = start.length - (start.length % 64);
  const before = START.slice();
  for (let at = 0; at < whole; at += 64) block(before, start, at);
  const rest = start.length - whole;
  const tail = new Uint8Array(128);
  const state = new Uint32Array(8);
  let number = 0;
  return function search(tries) {
    for (let i = 0; i < tries; i++, number++) {
      const digits = String(number);
      tail.fill(0);
      tail.set(start.subarray(whole));
      let length = rest;
      for (let j = 0; j < digits.length; j++) tail[length++] = digits.charCodeAt(j);
      tail[length] = 0x80;
      const end = length < 56 ? 64 : 128;
      new DataView(tail.buffer).setUint32(end - 4, (whole + length) * 8);
      state.set(before);
      block(state, tail, 0);
      if (end === 128) block(state, tail, 64);
      if (state[0] >>> (32 - bits) === 0) return digits;
    }
    return null;
  };
}

const PIECE_MS = 40;

function work(form) {
  const status = form.querySelector("[data-status]");
  const answer = form.elements.namedItem("proof_answer");
  const search = searcher(`${form.dataset.challenge}.`, Number(form.dataset.bits));
  status.textContent = status.dataset.working;
  const piece = () => {
    const until = performance.now() + PIECE_MS;
    let found = null;
    while (found === null && performance.now() < until) found = search(500);
    if (found === null) {
      setTimeout(piece);
      return;
    }
    answer.value = found;
    status.textContent = status.dataset.done;
  };
  setTimeout(piece);
}

if (typeof document !== "undefined") for (const form of document.querySelectorAll("form[data-challenge]")) work(form);
