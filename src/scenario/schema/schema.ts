import { text, word } from './fields.ts'
import { allow, gates } from './gates-schema.ts'
import { group } from './group-schema.ts'
import { growth } from './growth/growth-schema.ts'
import { host } from './host-schema.ts'
import { measured } from './measured-schema.ts'
import { region } from './region-schema.ts'
import type { ScenarioText } from './scenario-text.ts'
import type { Shape } from './shape.ts'
import { described, exactly, helped, list, names, optional } from './shape.ts'
import { name, strategyId } from './texts.ts'
import { timeline } from './timeline/timeline-schema.ts'

/** The scenario file, version 1. */
export const scenarioShape: Shape<ScenarioText> = described(
  'A scenario of mshare-plan, version 1.',
  {
    $schema: optional(text('Address of this schema, for editors. Ignored.', 'an address')),
    extends: optional(
      text(
        'Path of the scenario that this one extends, relative to this file: maps are merged, other values replaced.',
        'the path of a scenario',
      ),
    ),
    version: exactly(1, 'Version of the file format: 1.'),
    name: optional(text('Title of the scenario. Default: the name of the file.', 'a name')),
    host,
    regions: optional(
      helped('Memory that processes map: name → region.', names(name('of the region'), region)),
    ),
    groups: helped('Processes: name → group.', names(name('of the group'), group)),
    mshare: optional(
      described<NonNullable<ScenarioText['mshare']>>('The proposal of mshare to plan.', {
        revision: optional(word('Revision of the patches.', ['rfc-2022', 'v3-2025'], 'v3-2025')),
      }),
    ),
    strategies: optional(
      helped(
        'Strategies to compare. Default: all that the layout has.',
        list(strategyId('Id of a strategy.')),
      ),
    ),
    gates: optional(gates),
    allow: optional(allow),
    timeline: optional(timeline),
    growth: optional(growth),
    measured: optional(measured),
    assumed: optional(
      helped(
        'Path of a value in this file → why it was assumed; every result lists it as an assumption.',
        names(name('of the value'), text('Why it was assumed.', 'a reason')),
      ),
    ),
  },
)
