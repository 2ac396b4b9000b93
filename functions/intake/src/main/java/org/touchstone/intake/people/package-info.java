/** Labels on media and verified sources, which people give. */
package org.touchstone.intake.people;
