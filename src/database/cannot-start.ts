/** The service cannot start, and the operator can do something about it. The message is a sentence for the console and holds no secret. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
