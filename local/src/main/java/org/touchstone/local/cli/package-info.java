/** The command line: {@code analyze} and {@code up}. */
package org.touchstone.local.cli;
