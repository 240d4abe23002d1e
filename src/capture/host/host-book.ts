import { loneNumber } from '../files/kernel-text.ts'
import { faultWords } from '../machine/refusal-words.ts'

/** What is said about the machine while its values are read, by the keys of `host`. */
export interface HostBook {
  readonly sources: Map<string, string>
  readonly assumed: Set<string>
  readonly remarks: string[]
  /** Gives the value back; its source is noted. */
  readonly put: <T>(key: string, value: T, source: string) => T
  /** The same of a value that nothing said: the source says why it is this one. */
  readonly guess: <T>(key: string, value: T, source: string) => T
  /** A lone number; what is there and is none is remarked. */
  readonly number: (name: string, text: string | undefined) => number | undefined
}

export function hostBook(): HostBook {
  const sources = new Map<string, string>()
  const assumed = new Set<string>()
  const remarks: string[] = []
  const put = <T>(key: string, value: T, source: string): T => {
    sources.set(key, source)
    return value
  }
  const guess = <T>(key: string, value: T, source: string): T => {
    assumed.add(key)
    return put(key, value, source)
  }
  const number = (name: string, text: string | undefined): number | undefined => {
    const value = loneNumber(name, text)
    if (typeof value !== 'object') return value
    remarks.push(`${faultWords(value.fault)}, left out`)
    return undefined
  }
  return { sources, assumed, remarks, put, guess, number }
}
