/** Marks slow orders once they are over, and shows what orders are about: a column of the list, a view of their bodies. */
import type { RecordedMessage, Session } from 'sluice';

export const filter = 'path:/orders';

export function finished(session: Session): void {
  if ((session.duration ?? 0) > 1000) {
    session.mark(1);
    session.comment(`took ${session.duration} ms`);
  }
}

export const columns = {
  Order: async (session: Session) => (await session.request.json())?.id,
};

export const views = {
  'Order lines': async (body: RecordedMessage) => {
    if (!body.headers.get('content-type')?.includes('json')) return undefined;
    const { lines = [] }: { lines?: { name: string; count: number }[] } = await body.json();
    return lines.map(({ name, count }) => `${count} × ${name}`).join('\n');
  },
};
