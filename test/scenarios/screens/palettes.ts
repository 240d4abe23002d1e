import type { Color } from './ansi.ts'

export const themes = ['dark', 'light'] as const
export type Theme = (typeof themes)[number]

/** Colours as `#rrggbb`. */
export type Palette = Readonly<Record<'ground' | 'text' | Color, string>>

/** Every colour can be read on its ground: contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const palettes: Readonly<Record<Theme, Palette>> = {
  dark: {
    ground: '#0d1117',
    text: '#e6edf3',
    red: '#ff7b72',
    green: '#3fb950',
    yellow: '#d29922',
    blue: '#58a6ff',
    magenta: '#d2a8ff',
    cyan: '#39c5cf',
  },
  light: {
    ground: '#ffffff',
    text: '#1f2328',
    red: '#c4122f',
    green: '#116329',
    yellow: '#7d4e00',
    blue: '#0550ae',
    magenta: '#8250df',
    cyan: '#1b6e76',
  },
}
