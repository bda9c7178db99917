/** What is left of a picture's file. */
export interface Stripped {
  /** Points, as it is shown. */
  width: number
  height: number
  /** Put behind each other they are the file. */
  parts: Buffer[]
}
