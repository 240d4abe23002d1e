import * as z from 'zod/mini'
import { described, helped } from './described.ts'
import { text, word } from './fields.ts'
import { allow, gates } from './gates-schema.ts'
import { group } from './group-schema.ts'
import { host } from './host-schema.ts'
import { measured } from './measured-schema.ts'
import { region } from './region-schema.ts'
import type { ScenarioText } from './scenario-text.ts'
import { name, strategyId } from './texts.ts'

// Compiling a checker at run time costs more than it saves on one scenario.
z.config({ jitless: true })

/** The scenario file, version 1. Its output is what was written: sizes stay text. */
export const scenarioSchema: z.ZodMiniType<ScenarioText> = described(
  'A scenario of mshare-plan, version 1.',
  {
    $schema: z.optional(text('Address of this schema, for editors. Ignored.', 'an address')),
    version: z.literal(1).check(z.meta({ description: 'Version of the file format: 1.' })),
    name: z.optional(text('Title of the scenario. Default: the name of the file.', 'a name')),
    host,
    regions: z.optional(
      helped('Memory that processes map: name → region.', z.record(name('of the region'), region)),
    ),
    groups: helped('Processes: name → group.', z.record(name('of the group'), group)),
    mshare: z.optional(
      described('The proposal of mshare to plan.', {
        revision: z.optional(word('Revision of the patches.', ['rfc-2022', 'v3-2025'], 'v3-2025')),
      }),
    ),
    strategies: z.optional(
      helped(
        'Strategies to compare. Default: all that the layout has.',
        z.array(strategyId('Id of a strategy.')),
      ),
    ),
    gates: z.optional(gates),
    allow: z.optional(allow),
    measured: z.optional(measured),
    assumed: z.optional(
      helped(
        'Path of a value in this file → why it was assumed; every result lists it as an assumption.',
        z.record(name('of the value'), text('Why it was assumed.', 'a reason')),
      ),
    ),
  },
)
