/** Published checkpoints: where they are, under which terms, and how they come to this machine. */
package org.touchstone.local.models;
