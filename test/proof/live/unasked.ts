/** The kernel could not be asked: that says nothing about the model, and no smaller case would. */
export class Unasked extends Error {
  override readonly name = 'Unasked'
}
