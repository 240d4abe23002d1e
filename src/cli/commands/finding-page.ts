import { findingIds } from '../../workload/finding-ids.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'

const mostOfPage = 2 ** 20

/** True where an operand names a finding, as `MSP012`, and no file has that name. */
export function isFinding(operand: string, world: World): boolean {
  return /^MSP\d+$/i.test(operand) && typeof world.kindOf(operand) !== 'string'
}

/** Prints the pages of findings, which ship with the program. */
export async function findingPages(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, [], world)
  if (writable !== status.answered) return writable
  const ids = request.operands.map((operand) => operand.toUpperCase())
  const known = Object.values<string>(findingIds)
  const unknown = ids.find((id) => !known.includes(id))
  if (unknown !== undefined) {
    await reportText(`finding ${unknown} is unknown; findings are ${known.join(', ')}`, world)
    return status.invalid
  }
  const pages: { readonly id: string; readonly page: string }[] = []
  for (const id of ids) {
    const reading = world.readFile(world.pageOf(id), mostOfPage)
    if (!reading.ok) {
      await reportText(refusalText('read', reading), world)
      return statusOfRefusal(reading)
    }
    pages.push({ id, page: new TextDecoder().decode(reading.content) })
  }
  return deliver(request, world, {
    table: async () => pages.map(({ page }) => page).join('\n'),
    json: async () => {
      const { renderJson } = await import('../../render/json.ts')
      return renderJson({ schema: 'mshare-plan/finding-pages/1', pages })
    },
  })
}
