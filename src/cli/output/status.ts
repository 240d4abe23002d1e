/** What the program ends with. */
export const status = {
  answered: 0,
  gateFailed: 1,
  invalid: 2,
  notDone: 3,
  bug: 70,
} as const

export type Status = (typeof status)[keyof typeof status]

const gravest: readonly Status[] = [70, 2, 3, 1, 0]

/** The status of a run with several parts: the first that occurs of 70, 2, 3, 1, 0. */
export function worstStatus(parts: readonly Status[]): Status {
  return gravest.find((candidate) => parts.includes(candidate)) ?? status.answered
}
