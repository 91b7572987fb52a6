/** A mistake of the person at the keyboard: what is wrong and where, and in the hint what to do. Shown as one line, without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
