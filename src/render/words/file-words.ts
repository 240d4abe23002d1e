/** A file as people are told of it. */
export function fileWords(file: string): string {
  return file === '-' ? 'standard input' : file
}
