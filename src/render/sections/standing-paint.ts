import type { Standing } from '../../plan/result/outlook.ts'
import type { Brushes, Paint } from '../text/ink.ts'
import { standingWords } from '../words/standing-words.ts'

/** Colour that repeats what the words say. */
export function standingPaint(standing: Standing, brushes: Brushes): Paint {
  const paints: Readonly<Record<Standing, Paint>> = {
    safe: brushes.good,
    tight: brushes.caution,
    swapping: brushes.caution,
    oom: brushes.bad,
    'no-start': brushes.bad,
  }
  return paints[standing]
}

/** In a column of levels, where what does not start has none. */
export function riskText(standing: Standing): string {
  return standing === 'no-start' ? standingWords[standing] : standing
}
