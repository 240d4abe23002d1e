/** Modules without a test of their own path: why, and the test file that fails if one breaks. */
export type TestedElsewhere = Readonly<
  Record<string, { readonly why: string; readonly test: string }>
>
