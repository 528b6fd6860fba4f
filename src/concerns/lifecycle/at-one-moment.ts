import { Refusal } from '../../kernel/index.ts'

/**
 * A reading that holds no lock, tried once more where it does not fit together: keys renewed between two of its questions would otherwise look
 * like a forgery to somebody who did nothing but open a page. What is forged is so the second time too.
 */
export async function atOneMoment<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'record_not_genuine') throw error
    return read()
  }
}
