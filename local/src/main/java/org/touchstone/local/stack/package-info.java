/** The whole system in one JVM: embedded AWS services, the functions, the workers. */
package org.touchstone.local.stack;
