/** How many requests an account may make in a while. */
package org.touchstone.intake.rate;
