import type { Audit } from '../accounts/audit.js';
import type { DirectoryEditor, DirectorySaved } from '../directory/directory-editor.js';
import type { ServiceId, StaffId } from '../kernel/ids.js';

/** The same editor, which writes down each edit once it has won. */
export function auditedDirectory(audit: Pick<Audit, 'record'>, editor: DirectoryEditor): DirectoryEditor {
  const recorded = async (
    saved: DirectorySaved,
    { by, serviceId: on }: { by: StaffId; serviceId: ServiceId },
  ): Promise<DirectorySaved> => {
    if (saved.kind === 'saved') await audit.record({ by, act: 'directory-changed', on });
    return saved;
  };
  return {
    ...editor,
    save: async (edit) => recorded(await editor.save(edit), edit),
    revert: async (edit) => recorded(await editor.revert(edit), edit),
  };
}
