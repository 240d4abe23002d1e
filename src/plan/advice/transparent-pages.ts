import { transparentPage } from '../../sharing/catalogue.ts'
import type { Backing, Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { programRules } from '../programs/catalogue.ts'
import type { Setting } from '../result/advice-result.ts'

/** mm/shmem.c: shmem_enabled is for the kernel's own mount, tmpfs has an option of its own. */
const internalMount: readonly Backing[] = ['sysv-shm', 'memfd', 'anonymous-shared']

/**
 * Shared memory on base pages put on transparent huge pages. Private memory would keep its page
 * tables, and files have such pages as their file system pleases.
 * @returns `undefined` where there is no such region.
 */
export function onTransparentPages(
  workload: Workload,
): { readonly workload: Workload; readonly regions: readonly Region[] } | undefined {
  const { host } = workload
  if (transparentPage(host.layout) === undefined) return undefined
  const onBasePages = workload.regions.filter(
    ({ pageBytes, thp }) => pageBytes === host.layout.pageBytes && !thp,
  )
  const wants = ({ program }: Region): boolean => programRules[program].takesTransparentPages
  // shmem_enabled is one switch for all of them.
  const switched = onBasePages.filter(({ backing }) => internalMount.includes(backing))
  const mounted = onBasePages.filter(({ backing }) => backing === 'posix-shm')
  const wanted = new Set([
    ...(switched.every(wants) ? switched : []),
    ...(mounted.every(wants) ? mounted : []),
  ])
  const regions = onBasePages.filter((region) => wanted.has(region))
  if (regions.length === 0) return undefined
  const names = new Set(regions.map(({ name }) => name))
  const internal = regions.some(({ backing }) => internalMount.includes(backing))
  const thp = internal ? { ...host.thp, shmem: 'always' as const } : host.thp
  return {
    workload: {
      ...workload,
      host: { ...host, thp },
      regions: workload.regions.map((one) => (names.has(one.name) ? { ...one, thp: true } : one)),
    },
    regions,
  }
}

export function transparentPageSettings(regions: readonly Region[]): readonly Setting[] {
  const lines = [
    ...(regions.some(({ backing }) => internalMount.includes(backing))
      ? ['echo always > /sys/kernel/mm/transparent_hugepage/shmem_enabled']
      : []),
    ...(regions.some(({ backing }) => backing === 'posix-shm')
      ? ['mount -o remount,huge=always /dev/shm']
      : []),
  ]
  if (lines.length === 0) return []
  return [{ kind: 'transparent-huge-pages', place: 'root shell', lines }]
}
