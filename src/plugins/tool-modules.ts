/** What code of the user's gets when it imports this tool by name. */
export async function toolModules(): Promise<Record<string, unknown>> {
  return { 'mi-audit': await import('../api/index.js') };
}
