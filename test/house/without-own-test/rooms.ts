import { accounting } from './accounting.ts'
import { capture } from './capture.ts'
import { cli } from './cli.ts'
import { geometry } from './geometry.ts'
import { host } from './host.ts'
import { importers } from './importers.ts'
import { plan } from './plan.ts'
import { render } from './render.ts'
import { report } from './report.ts'
import { saved } from './saved.ts'
import { scenario } from './scenario.ts'
import { sharing } from './sharing.ts'
import { space } from './space.ts'
import type { TestedElsewhere } from './tested-elsewhere.ts'
import { units } from './units.ts'
import { workload } from './workload.ts'

/** The lists of all rooms in one. */
export const withoutOwnTest: TestedElsewhere = {
  ...accounting,
  ...capture,
  ...cli,
  ...geometry,
  ...host,
  ...importers,
  ...plan,
  ...render,
  ...report,
  ...saved,
  ...scenario,
  ...sharing,
  ...space,
  ...units,
  ...workload,
}
