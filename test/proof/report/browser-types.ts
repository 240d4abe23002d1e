/** What the proof asks of a browser, where the types of its package may not be installed. */
export interface Browser {
  readonly newPage: (options: PageOptions & { readonly acceptDownloads: boolean }) => Promise<Page>
  readonly close: () => Promise<void>
}

export interface PageOptions {
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
}

export interface Page {
  readonly on: <Name extends keyof PageEvents>(
    name: Name,
    listener: (event: PageEvents[Name]) => void,
  ) => void
  readonly context: () => { readonly setOffline: (offline: boolean) => Promise<void> }
  readonly goto: (url: string) => Promise<unknown>
  readonly locator: (selector: string) => Locator
  readonly getByRole: (role: 'link', options: { readonly name: string }) => Locator
  /** An expression, run by the debugger: the policy of the page does not hold for it. */
  readonly evaluate: (expression: string) => Promise<unknown>
  readonly waitForEvent: (name: 'download') => Promise<Download>
  readonly pdf: (options: { readonly format: string }) => Promise<{ readonly length: number }>
  readonly emulateMedia: (options: { readonly media: 'print' }) => Promise<void>
  readonly screenshot: (options: {
    readonly path: string
    readonly type?: 'png'
    readonly fullPage?: boolean
  }) => Promise<unknown>
}

interface PageEvents {
  readonly console: { readonly text: () => string }
  readonly pageerror: Error
  readonly request: { readonly url: () => string }
}

export interface Locator {
  readonly first: () => Locator
  readonly count: () => Promise<number>
  readonly click: () => Promise<void>
  readonly fill: (text: string) => Promise<void>
  readonly selectOption: (value: string) => Promise<unknown>
  readonly waitFor: (options: { readonly state: 'attached' | 'visible' }) => Promise<void>
  readonly textContent: () => Promise<string | null>
  readonly innerHTML: () => Promise<string>
  readonly isVisible: () => Promise<boolean>
  readonly evaluateAll: <Answer>(read: (all: readonly Node[]) => Answer) => Promise<Answer>
}

interface Node {
  readonly children: Iterable<Node>
  readonly textContent: string | null
  readonly getAttribute: (name: string) => string | null
}

interface Download {
  readonly suggestedFilename: () => string
  readonly saveAs: (path: string) => Promise<void>
}
