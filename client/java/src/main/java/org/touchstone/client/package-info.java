/**
 * The client of Touchstone's API. It needs the JDK's HTTP client and Jackson, and nothing of
 * Touchstone.
 */
package org.touchstone.client;
