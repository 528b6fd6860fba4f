export { shortText, writtenText } from '../kernel/index.ts'

/** The longest narrative, in code points: about eight closely written pages. */
export const narrativeLimit = 20_000
