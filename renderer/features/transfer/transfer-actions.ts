/** Sessions out as files and in from files. */
import { FileDown, FileUp } from 'lucide-react';
import type { ExportSelection } from '#model/contract/contract.ts';
import type { Action } from '../../actions/action.ts';
import { useExporting } from '../../state/exporting.ts';
import { useHost } from '../../state/host.ts';
import { selectedIds, useSessions } from '../../state/sessions.ts';
import { sessionActionText } from '../../text/sessions.ts';
import { filesToOffer, importFile } from './import-file.ts';

/** What leaves is shown before it does. */
const exported = (what: ExportSelection) => useExporting.getState().open(what);

export const TRANSFER_ACTIONS: readonly Action[] = [
  {
    id: 'export.all',
    label: sessionActionText.exportAll,
    group: 'files',
    icon: FileDown,
    keywords: ['save', 'dump', 'download', 'archive'],
    enabled: () => useSessions.getState().total > 0,
    run: () => exported({ filter: '' }),
  },
  {
    id: 'export.filtered',
    label: sessionActionText.exportFiltered,
    group: 'files',
    icon: FileDown,
    keywords: ['save', 'dump', 'download'],
    enabled: () => useSessions.getState().filter !== '' && useSessions.getState().matched > 0,
    run: () => exported({ filter: useSessions.getState().filter }),
  },
  {
    id: 'export.selected',
    label: sessionActionText.exportSelected,
    group: 'files',
    icon: FileDown,
    keywords: ['save', 'dump', 'download'],
    enabled: () => selectedIds().length > 0,
    run: () => exported({ ids: selectedIds().sort((a, b) => a - b) }),
  },
  {
    id: 'import.har',
    label: sessionActionText.importHar,
    group: 'files',
    icon: FileUp,
    keywords: ['open', 'load', 'read'],
    run: async ({ platform }) => {
      const file = await platform.pickFile(filesToOffer(useHost.getState().info?.formats ?? []));
      if (file) await importFile(file);
    },
  },
];
