/** What a list says of this name. One such as `constructor`, which every object has, is in no list. */
export function termOf<T>(terms: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(terms, id) ? terms[id] : undefined;
}
