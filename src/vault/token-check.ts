/**
 * The arithmetic of the two check symbols (`security.md` 3). The 26 random symbols, read as one number in base 32, leave a
 * remainder modulo 1021; the checks are that remainder as two symbols. 1021 is prime and just under 32², so one wrong symbol
 * always shows, and as 32 has order 204 modulo 1021, so does every swap of two different symbols.
 */
export const randomSymbols = 26
export const tokenSymbols = 28
const modulus = 1021

/** The two check symbols of 26 symbol values, 0 to 31 each. */
export function checkSymbols(values: readonly number[]): [number, number] {
  const remainder = remainderOf(values)
  return [remainder >> 5, remainder & 31]
}

/** Whether these are the values of 28 readable symbols whose checks are right. */
export function isWhole(values: readonly number[]): boolean {
  if (values.length !== tokenSymbols || values.some((value) => value < 0)) return false
  const [high, low] = checkSymbols(values.slice(0, randomSymbols))
  return values[randomSymbols] === high && values[randomSymbols + 1] === low
}

function remainderOf(values: readonly number[]): number {
  return values.reduce((sum, value) => (sum * 32 + value) % modulus, 0)
}
