/** What the program ends with. */
export const status = {
  answered: 0,
  gateFailed: 1,
  invalid: 2,
  notDone: 3,
  bug: 70,
} as const

export type Status = (typeof status)[keyof typeof status]

/** What failed verdicts add to the status of a run; nothing where it only reports. */
export function statusOfVerdicts(
  results: readonly { readonly verdict: 'pass' | 'fail' | 'none' }[],
  onlyReports: boolean | undefined,
): Status {
  const failed = results.some(({ verdict }) => verdict === 'fail')
  return failed && onlyReports !== true ? status.gateFailed : status.answered
}

const gravest: readonly Status[] = [70, 2, 3, 1, 0]

/** The status of a run with several parts: the first that occurs of 70, 2, 3, 1, 0. */
export function worstStatus(parts: readonly Status[]): Status {
  return gravest.find((candidate) => parts.includes(candidate)) ?? status.answered
}
