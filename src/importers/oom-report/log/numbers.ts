/** PID_MAX_LIMIT, include/linux/threads.h. */
const mostPid = 4_194_304

/** The id of a process; `undefined` where no process can have it. */
export function processId(digits: string | undefined): number | undefined {
  const pid = wholeNumber(digits)
  return pid !== undefined && pid <= mostPid ? pid : undefined
}

/** Digits as a number; `undefined` where there are none, or where doubles cannot hold it. */
export function wholeNumber(digits: string | undefined): number | undefined {
  if (digits === undefined || !/^\d{1,16}$/.test(digits)) return undefined
  const value = Number(digits)
  return value <= Number.MAX_SAFE_INTEGER ? value : undefined
}
