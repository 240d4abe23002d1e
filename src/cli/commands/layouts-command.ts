import { defaultKernel } from '../../accounting/counters.ts'
import { layouts } from '../../geometry/catalogue.ts'
import type { Layout, LevelName } from '../../geometry/layout.ts'
import { renderJson } from '../../render/json.ts'
import type { LayoutRow } from '../../render/layouts.ts'
import { renderLayouts } from '../../render/layouts.ts'
import type { Ink } from '../../render/text/ink.ts'
import { writeAddress } from '../../units/address.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'

/** Lists the page-table layouts that can be planned. */
export async function layoutsCommand(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, [], world)
  return writable === status.answered ? deliver(request, world, { table, json }) : writable
}

async function json(): Promise<string> {
  return renderJson({ schema: 'mshare-plan/layouts/1', layouts: layouts.map(published) })
}

async function table(ink: Ink): Promise<string> {
  return renderLayouts(layouts.map(row), ink)
}

function row(layout: Layout): LayoutRow {
  return {
    id: layout.id,
    title: layout.title,
    pageBytes: layout.pageBytes,
    levels: layout.levels.map(({ name, tableBytes, entries, reach }) => ({
      name,
      tableBytes,
      entries,
      reachPages: reach,
      allocation: allocationOf(layout, name),
    })),
    userPages: layout.userPages,
    hugePages: layout.hugePages.map(({ bytes, leaf }) => ({ bytes, leaf })),
    sharesPmdTables: layout.sharesPmdTables,
  }
}

/** Address space is in pages and 0x… text: in bytes it would pass 2^53 − 1. */
function published(layout: Layout) {
  return {
    id: layout.id,
    title: layout.title,
    architecture: layout.architecture,
    pageBytes: layout.pageBytes,
    levels: layout.levels.map(({ name, entries, entryBytes, tableBytes, reach }) => ({
      name,
      entries,
      entryBytes,
      tableBytes,
      reachPages: reach,
      allocation: allocationOf(layout, name),
    })),
    sharesPmdTables: layout.sharesPmdTables,
    userPages: layout.userPages,
    autoBase: writeAddress(layout.autoBase, layout.pageBytes),
    hugePages: layout.hugePages.map(({ label, bytes, leaf }) => ({ label, bytes, leaf })),
    sources: layout.sources,
  }
}

/** How the default kernel allocates the tables of a level. */
function allocationOf(layout: Layout, name: LevelName): LayoutRow['levels'][number]['allocation'] {
  const level = layout.levels.find((candidate) => candidate.name === name)
  if (level === undefined) throw new RangeError(`no level ${name}`)
  const allocator = { kernel: defaultKernel, pti: false }
  const { tablesPerChunk, chunkBytes } = layout.allocation(level, allocator)
  return { tables: tablesPerChunk, bytes: chunkBytes }
}
