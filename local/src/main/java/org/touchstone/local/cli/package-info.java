/** The command line: {@code analyze}, {@code up} and {@code models}. */
package org.touchstone.local.cli;
