/**
 * The storage of state machines and executions: in memory, or in a directory that survives the
 * process.
 *
 * <p>In a directory each execution has its own file. Each event is appended to it as one line of
 * JSON before the engine acts on the event, so a killed process loses nothing. {@link
 * org.touchstone.emulators.stepfunctions.store.Durability} decides whether a power failure may lose
 * the last seconds. An incomplete last line is ignored. Files of ended executions are deleted when
 * their retention is over.
 */
package org.touchstone.emulators.stepfunctions.store;
