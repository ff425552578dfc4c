/** Why an action could not be done. The message it was for then goes on unchanged; the sentence is shown with the session. */
export class ActionError extends Error {}
