/** Where the database is, with its password: for the job engine, which opens connections of its own. */
export const DATABASE_URL = Symbol('DatabaseUrl');
