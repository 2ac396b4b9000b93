/** Published checkpoints: where they are, under which terms, what they become. */
package org.touchstone.models.catalogue;
