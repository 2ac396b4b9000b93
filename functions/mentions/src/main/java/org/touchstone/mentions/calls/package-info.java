/** Calls to platforms through the guarded fetcher, and what all of them have in common. */
package org.touchstone.mentions.calls;
