import type { LimitAdvice, Setting } from '../result/advice-result.ts'

/** A name that a shell reads as it is, and that stays below the folder of cgroups. */
const plainName = /^[\w-][\w.@:-]*(?:\/[\w-][\w.@:-]*)*$/

/** Limits of cgroups of version 2, for those whose name can be pasted. */
export function limitSettings(cgroups: readonly LimitAdvice[]): readonly Setting[] {
  return cgroups.flatMap(({ name, safeBytes }): readonly Setting[] => {
    if (!plainName.test(name)) return []
    const lines = [`echo ${safeBytes} > /sys/fs/cgroup/${name}/memory.max`]
    return [{ kind: 'cgroup-limit', place: 'root shell', lines }]
  })
}
