import { describe, expect, it, vi } from 'vitest';
import { stopSignal } from './stop-signal.ts';

describe('a command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('is stopped by %s once, and ended by the second', (name) => {
    const listeners = process.listenerCount(name);
    using exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    {
      using stopping = stopSignal();
      expect(stopping.signal.aborted).toBe(false);
      process.emit(name);
      expect(stopping.signal.reason).toMatchObject({ code: 'cancelled' });
      expect(exit).not.toHaveBeenCalled();
      process.emit(name);
      expect(exit).toHaveBeenCalledExactlyOnceWith(3);
    }
    expect(process.listenerCount(name)).toBe(listeners);
  });
});
