/** Receives the callbacks of voters. */
package org.touchstone.partners.callback;
