/** The whole system in one JVM, and the command line. */
package org.touchstone.local;
