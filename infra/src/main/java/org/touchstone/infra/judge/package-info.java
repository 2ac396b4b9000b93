/** The judge of what is said: its queue, its secret and the function that asks it. */
package org.touchstone.infra.judge;
