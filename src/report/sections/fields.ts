import { hugePagesFor } from '../../scenario/resolve/page-sizes.ts'
import type { PlainData } from '../../scenario/yaml/plain-data.ts'
import { pathText } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { parseSize, writeSize } from '../../units/size.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Group } from '../../workload/group.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { valueAt } from '../scenario/changed-data.ts'

/** A value that the reader may change: with a slider, and in writing. */
export interface Field {
  readonly id: string
  readonly label: string
  readonly path: string
  readonly kind: 'count' | 'size' | 'percent'
  /** Of the slider, in units: processes, percent, or `unit` bytes. */
  readonly value: number
  readonly least: number
  readonly most: number
  /** A number of the slider in this unit is written behind it: `GiB`. */
  readonly unit: '' | 'MiB' | 'GiB' | '%'
  /** As written now; empty where it is no single value. */
  readonly text: string
}

/** Which group, mapping and region the fields are about. */
export interface Selection {
  readonly group: string
  readonly mapping: number
  readonly region: string
}

const mib = 2 ** 20
const gib = 2 ** 30

/** Fields of a scenario as it is: processes and touched pages of a group, a region's size, host memory. */
export function fieldsOf(
  data: PlainData,
  workload: Workload,
  selection: Selection,
): readonly Field[] {
  const group = workload.groups.find(({ name }) => name === selection.group)
  const region = workload.regions.find(({ name }) => name === selection.region)
  const pool = region === undefined ? undefined : poolField(data, region, workload)
  return [
    ...(group === undefined ? [] : [processesField(data, group)]),
    ...(group?.maps[selection.mapping] === undefined
      ? []
      : [touchedField(data, group.name, selection.mapping)]),
    ...(region === undefined
      ? []
      : [
          sizeField(
            'size',
            'Size of the region',
            pathText(['regions', region.name, 'size']),
            region.size,
            data,
          ),
        ]),
    ...(pool === undefined ? [] : [pool]),
    sizeField('memory', 'Memory of the host', 'host.memory', workload.host.memory, data),
  ]
}

function processesField(data: PlainData, group: Group): Field {
  const path = pathText(['groups', group.name, 'processes'])
  const value = group.processes / copiesOf(group)
  return {
    id: 'processes',
    label: 'Sessions (processes of the group)',
    path,
    kind: 'count',
    value,
    least: 1,
    most: aboveOf(value),
    unit: '',
    text: String(valueAt(data, path) ?? value),
  }
}

function touchedField(data: PlainData, group: string, mapping: number): Field {
  const path = pathText(['groups', group, 'maps', mapping, 'touched'])
  const written = valueAt(data, path)
  const isShare = typeof written === 'string' && /^ *[\d.]+ *% *$/.test(written)
  const others = written === 'none' ? 0 : 100
  const value = isShare ? Number.parseFloat(written) : others
  return {
    id: 'touched',
    label: 'Part that each process touches, as single pages at random',
    path,
    kind: 'percent',
    value,
    least: 0,
    most: 100,
    unit: '%',
    text: touchedText(written),
  }
}

/** Empty where certain pages are listed, which the slider cannot say. */
function touchedText(written: PlainData): string {
  if (written === undefined) return 'all'
  return typeof written === 'string' ? written : ''
}

function sizeField(id: string, label: string, path: string, size: number, data: PlainData): Field {
  const [unit, name] = size >= 8 * gib ? [gib, 'GiB' as const] : [mib, 'MiB' as const]
  const value = Math.max(1, Math.round(size / unit))
  return {
    id,
    label,
    path,
    kind: 'size',
    value,
    least: 1,
    most: aboveOf(value),
    unit: name,
    text: String(valueAt(data, path) ?? writeSize(bytes(size))),
  }
}

/** The pool of the pages that the region is on, where these are huge. */
function poolField(data: PlainData, { pageBytes }: Region, { host }: Workload): Field | undefined {
  if (pageBytes === host.layout.pageBytes) return undefined
  const path = pathText(['host', 'hugepages', poolKey(data, pageBytes, host.layout.pageBytes)])
  const value = host.hugepages.find((pool) => pool.pageBytes === pageBytes)?.count ?? 0
  return {
    id: 'pool',
    label: `Huge pages of ${writeSize(bytes(pageBytes))} in the pool`,
    path,
    kind: 'count',
    value,
    least: 0,
    most: Math.floor(host.memory / pageBytes),
    unit: '',
    text: String(value),
  }
}

/** The size as the scenario writes it, which may be `2MB`. */
function poolKey(data: PlainData, size: number, pageBytes: number): string {
  const pools = valueAt(data, 'host.hugepages')
  const keys =
    typeof pools === 'object' && pools !== null && !Array.isArray(pools) ? Object.keys(pools) : []
  const isOfSize = (key: string): boolean => {
    const reading = parseSize(key, bytes(pageBytes))
    return reading.ok && reading.bytes === size
  }
  return keys.find(isOfSize) ?? writeSize(bytes(size))
}

/** A round number at four times the value, so that the slider has room to both sides. */
function aboveOf(value: number): number {
  const wanted = Math.max(8, value * 4)
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1)
  return Math.ceil(wanted / step) * step
}

/** Page sizes that a region may have; another memory comes with a size that its own does not have. */
export interface PageChoice {
  readonly text: string
  /** `writeSize` of the page. */
  readonly pageSize: string
  /** Another kind of memory that has such pages; absent: that of the region. */
  readonly backing?: 'memfd'
  readonly isNow: boolean
}

export function pageChoices(
  { pageBytes, backing }: Region,
  { host }: Workload,
): readonly PageChoice[] {
  const { layout } = host
  const own = hugePagesFor(backing, layout)
  const base: PageChoice = {
    text: `${writeSize(layout.pageBytes)}, base pages`,
    pageSize: writeSize(layout.pageBytes),
    isNow: pageBytes === layout.pageBytes,
  }
  const huge = layout.hugePages.map(({ bytes: size }): PageChoice => {
    const isOwn = own.some((page) => page.bytes === size)
    const pageSize = writeSize(size)
    return {
      text: `${pageSize}, huge pages${isOwn ? '' : ' (as memfd)'}`,
      pageSize,
      ...(isOwn ? {} : { backing: 'memfd' as const }),
      isNow: pageBytes === size,
    }
  })
  return backing === 'hugetlbfs' ? huge : [base, ...huge]
}
